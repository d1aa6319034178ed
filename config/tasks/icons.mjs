import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Turns src/miniapp/assets/icons/*.svg into one sheet of masks: WXML has no inline svg, so an icon
 * is a mask over the text's own colour.
 */
const FOLDER = 'src/miniapp/assets/icons'
const rules = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.svg'))
  .sort()
  .map((file) => {
    const svg = readFileSync(join(FOLDER, file), 'utf8')
      .trim()
      .replace('aria-hidden="true"', '')
      .replaceAll('currentColor', '#000')
      .replaceAll('"', "'")
    const uri = `data:image/svg+xml,${svg.replaceAll('%', '%25').replaceAll('#', '%23').replaceAll('<', '%3C').replaceAll('>', '%3E')}`
    return `.ic-${file.slice(0, -4)} {\n  --icon: url("${uri}");\n}`
  })
writeFileSync(
  'src/miniapp/ui/icons.scss',
  `/* Made by \`npm run icons\` from assets/icons. */\n.ic {\n  display: inline-block;\n  flex: none;\n  width: var(--wj-icon);\n  height: var(--wj-icon);\n  background: currentColor;\n  -webkit-mask: var(--icon) center / contain no-repeat;\n  mask: var(--icon) center / contain no-repeat;\n}\n\n.ic-small {\n  width: var(--wj-ico-s);\n  height: var(--wj-ico-s);\n}\n\n${rules.join('\n\n')}\n`,
)

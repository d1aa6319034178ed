const ELEMENT = /<([a-z][\w-]*)\s((?:"[^"]*"|'[^']*'|[^>"'])*)>/g
const ATTRIBUTE = /([\w:-]+)\s*=/g
/** What is not a property of a component: bindings, directives and what every node has. */
const NOT_A_PROPERTY = /^(wx:|bind|catch|capture|data-|mark:|(id|class|style|slot)$)/

/** For each tag of the templates the attributes that it is given, in camel case. */
export function attributesByTag(templates: readonly string[]): Record<string, string[]> {
  const found: Record<string, Set<string>> = {}
  for (const template of templates) {
    for (const [, tag = '', attributes = ''] of template.matchAll(ELEMENT)) {
      found[tag] ??= new Set()
      for (const [, name = ''] of attributes.matchAll(ATTRIBUTE)) {
        if (!NOT_A_PROPERTY.test(name)) found[tag].add(camelCase(name))
      }
    }
  }
  return Object.fromEntries(Object.entries(found).map(([tag, names]) => [tag, [...names]]))
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

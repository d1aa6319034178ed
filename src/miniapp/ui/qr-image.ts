import { encode } from 'uqr'

/**
 * A QR code at level Q as one picture: an SVG in a data URI. Each row is one stroke with gaps, which
 * is a third of the bytes of a square per module.
 */
export function qrImage(text: string): string {
  const { data, size } = encode(text, { ecc: 'Q', border: 2 })
  const path = data.map(rowPath).join('')
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${size} ${size}' shape-rendering='crispEdges'><path stroke='black' d='${path}'/></svg>`
  return `data:image/svg+xml,${svg.replace(/</g, '%3C').replace(/>/g, '%3E')}`
}

/** 'M2 3.5h7m1 0h2': from the left, dark runs and the gaps between them. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  let drawnTo = 0
  for (let from = row.indexOf(true); from >= 0; from = row.indexOf(true, drawnTo)) {
    const end = row.indexOf(false, from)
    const to = end < 0 ? row.length : end
    path += path === '' ? `M${from} ${y}.5h${to - from}` : `m${from - drawnTo} 0h${to - from}`
    drawnTo = to
  }
  return path
}

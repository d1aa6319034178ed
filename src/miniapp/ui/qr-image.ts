import { encode } from 'uqr'

/** A QR code at level Q as one picture: an SVG in a data URI, one path for all modules. */
export function qrImage(text: string): string {
  const { data, size } = encode(text, { ecc: 'Q', border: 2 })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) if (dark) path += `M${x} ${y}h1v1h-1z`
  }
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${size} ${size}' shape-rendering='crispEdges'><path d='${path}'/></svg>`
  return `data:image/svg+xml,${svg.replace(/</g, '%3C').replace(/>/g, '%3E')}`
}

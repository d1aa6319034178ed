import { encode } from 'uqr'

/** What a picture is painted with: the same on a phone and in a browser. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'font' | 'textAlign' | 'fillRect' | 'fillText' | 'measureText'
>

export type Line = {
  text: string
  /** Where it begins, has its middle or ends, as `align` says; and its base line. */
  x: number
  y: number
  align: 'left' | 'center' | 'right'
  /** It is at most so wide. */
  room: number
  size: number
  colour: string
  weight?: 'normal' | 'bold'
}

/** Writes one line; a long one is set smaller until it fits, never cut. */
export function writeLine(pen: Pen, line: Line): void {
  const font = (size: number) => `${line.weight ?? 'normal'} ${size}px sans-serif`
  pen.fillStyle = line.colour
  pen.textAlign = line.align
  pen.font = font(line.size)
  const { width } = pen.measureText(line.text)
  if (width > line.room) pen.font = font(Math.floor((line.size * line.room) / width))
  pen.fillText(line.text, line.x, line.y)
}

/** Paints a QR code at level Q, its modules on whole pixels, round the middle `x` from `top` down. */
export function paintCode(
  pen: Pen,
  code: string,
  at: { x: number; top: number; side: number },
): void {
  const { data, size } = encode(code, { ecc: 'Q', border: 2 })
  const module = Math.floor(at.side / size)
  const left = Math.floor(at.x - (module * size) / 2)
  pen.fillStyle = '#000000'
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) {
      if (dark) pen.fillRect(left + x * module, at.top + y * module, module, module)
    }
  }
}

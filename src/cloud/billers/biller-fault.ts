/** The biller did not answer, or not verifiably: what it did is unknown until it is asked. */
export class BillerFault extends Error {
  constructor(
    readonly billerId: string,
    what: string,
    cause?: unknown,
  ) {
    super(`biller ${billerId}: ${what}`, { cause })
    this.name = 'BillerFault'
  }
}

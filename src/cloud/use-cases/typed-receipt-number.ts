const LENGTH = 20

/**
 * A receipt's number as clerks type it, as it is stored: any case, full-width characters, stray
 * spaces, dashes or none; O for 0, I and L for 1, which no number has. 'wj26 1116 7k2m 9qxt o4bd' is
 * 'WJ26-1116-7K2M-9QXT-04BD'.
 */
export function typedReceiptNumber(typed: string): string {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return signs.length === LENGTH ? signs.replace(/(.{4})(?=.)/g, '$1-') : signs
}

/** A browser talks to the address that its page came from; there is nothing to reach first. */
export function startCloud(): void {}

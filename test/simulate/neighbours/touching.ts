type Acts = { [name: string]: unknown }

/** The same book, whose every act, its port’s too, is told first: what the laws read may change by it. */
export function touching<Book extends Acts & { port: object }>(book: Book, tell: () => void): Book {
  return { ...telling(book, tell), port: telling(book.port as Acts, tell) } as Book
}

function telling<Own extends Acts>(own: Own, tell: () => void): Own {
  return Object.fromEntries(
    Object.entries(own).map(([name, act]) => [
      name,
      typeof act !== 'function'
        ? act
        : (...given: unknown[]) => {
            tell()
            return act(...given)
          },
    ]),
  ) as Own
}

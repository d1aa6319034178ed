import { format } from 'node:util'

/** What is written as an error that no test expected is a fault of the test that it was written in. */
const errors: string[] = []

beforeEach(() => {
  errors.length = 0
  jest.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    errors.push(format(...words))
  })
})

afterEach(() => {
  if (errors.length > 0) throw new Error(`unexpected console.error:\n${errors.join('\n')}`)
})

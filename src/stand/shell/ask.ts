/** Asks the stand; throws when it does not answer well. */
export async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(path, request)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return (await answer.json()) as Answer
}

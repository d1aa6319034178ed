const OURS =
  /at (?:async )?(?:Object\.)?(\w+) \(?.*\/src\/cloud\/(?:use-cases|postgres)\/([\w-]+)\.ts/

/** Where in the use cases a port is called, and what it is asked: 'post-item/tell → biller.post'. */
export function callSite(call: string): string {
  const lines = (new Error().stack ?? '').split('\n')
  const inUseCase = lines.find((line) => line.includes('/use-cases/'))
  const [, name = '', file = ''] = OURS.exec(inUseCase ?? '') ?? []
  return file === '' ? call : `${file}/${name} → ${call}`
}

import { saveMe } from '../../../src/cloud/use-cases/save-me'
import { invoke, type Stage } from './stage'

/** Some tell their relatives by what name to know them, and another one later; one agrees to terms that there never were. */
export async function nameThemselves(stage: Stage): Promise<void> {
  const { chance, plan } = stage
  for (const openid of new Set(plan.bindings.map((one) => one.openid))) {
    if (!chance.happens(`named/${openid}`, 0.4)) continue
    await invoke(stage, `${openid}/name`, (ports) =>
      saveMe(ports, { openid }, { knownAs: '妈妈', consentVersion: '2026-11-01' }),
    )
    await invoke(stage, `${openid}/renamed`, (ports) =>
      saveMe(ports, { openid }, { knownAs: '妈' }),
    )
    await invoke(stage, `${openid}/agreed`, (ports) =>
      saveMe(ports, { openid }, { consentVersion: '2026-11-01' }),
    )
    const strange = await invoke(stage, `${openid}/terms`, (ports) =>
      saveMe(ports, { openid }, { consentVersion: '1999-01-01' }),
    )
    if (strange?.ok === true) stage.note(`${openid} agreed to terms that there never were`)
  }
}

import { PRIVACY } from '../../../client/words/documents'
import { LegalPage } from '../legal-page'

/** The privacy policy. */
export default function Privacy() {
  return <LegalPage text={PRIVACY} />
}

import { AGREEMENT } from '../../../client/words/documents'
import { LegalPage } from '../legal-page'

/** The user agreement. */
export default function Agreement() {
  return <LegalPage text={AGREEMENT} />
}

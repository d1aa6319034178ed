import type { ReplyOf } from '../../../../contract/call'
import type { getBill } from '../../../../contract/get-bill'

export type BillReply = ReplyOf<typeof getBill>

import type { TagKind } from '../../ui/tag'

/** How a receipt's live state looks. */
export const STATE_TAG: Record<'unposted' | 'posting' | 'posted' | 'rejected', TagKind> = {
  unposted: 'wait',
  posting: 'wait',
  posted: 'done',
  rejected: 'soon',
}

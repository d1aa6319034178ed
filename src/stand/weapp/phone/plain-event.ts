type Target = {
  id?: string
  dataset?: Record<string, unknown>
  _$?: Target
}
type PlatformEvent = {
  type: string
  timeStamp: number
  detail: unknown
  mark?: Record<string, unknown>
  target: Target
  currentTarget: Target
  getOriginalEvent: () => unknown
}
type TouchLike = {
  identifier?: number
  pageX: number
  pageY: number
  clientX: number
  clientY: number
}

/** An event as a plain object, in the shape that WeChat documents for handlers. */
export function plainEvent(event: PlatformEvent): object {
  const touches = touchesOf(event.getOriginalEvent())
  return {
    type: event.type,
    timeStamp: event.timeStamp,
    detail: event.detail,
    mark: event.mark ?? {},
    target: plainTarget(event.target),
    currentTarget: plainTarget(event.currentTarget),
    touches,
    changedTouches: touches,
  }
}

function plainTarget(target: Target): object {
  const element = target._$ ?? target
  return { id: element.id ?? '', dataset: { ...element.dataset } }
}

function touchesOf(original: unknown): object[] {
  if (typeof original !== 'object' || original === null) return []
  const event = original as { touches?: Iterable<TouchLike> } & Partial<TouchLike>
  const touches = event.touches === undefined ? [] : [...event.touches]
  if (touches.length === 0 && event.clientX !== undefined) touches.push(event as TouchLike)
  return touches.map(({ identifier = 0, pageX, pageY, clientX, clientY }) => ({
    identifier,
    pageX,
    pageY,
    clientX,
    clientY,
  }))
}

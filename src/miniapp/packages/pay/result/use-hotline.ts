import { useCall } from '../../../client/cloud/use-call'

/** The phone number of a company, asked for only where a page has a reason to name it. */
export function useHotline(billerId: string | undefined): string | undefined {
  const { reply } = useCall('list-billers', billerId === undefined ? null : {}, { keep: 'all' })
  const billers = reply?.cities.flatMap((city) => city.billers) ?? []
  return billers.find(({ id }) => id === billerId)?.hotline
}

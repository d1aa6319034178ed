import { act, renderHook } from '@testing-library/react'
import { CONSENT_VERSIONS } from '../../../src/contract/save-me'
import { hasConsent } from '../../../src/miniapp/client/privacy/consent'
import { POLICY_VERSION } from '../../../src/miniapp/client/privacy/policy-version'
import { AGREE_BUTTON_ID, openPrivacyGate } from '../../../src/miniapp/client/privacy/privacy-gate'
import { useConsent } from '../../../src/miniapp/client/privacy/use-consent'
import { hidePage, phone, resetPhone, showPage } from '../../support/taro-double'

beforeEach(() => {
  resetPhone()
  phone.answer = () => ({ ok: true, reply: {} })
})

describe('consent', () => {
  it('is asked for in the newest version that the cloud knows', () => {
    expect(POLICY_VERSION).toBe(CONSENT_VERSIONS.at(-1))
  })

  it('is asked before the first action that needs it, which then goes on', async () => {
    const action = jest.fn()
    const { result } = renderHook(useConsent)
    act(() => result.current.withConsent(action))
    expect(result.current.isAsked).toBe(true)
    expect(action).not.toHaveBeenCalled()
    await act(() => result.current.agree())
    expect(phone.events).toEqual([{ call: 'save-me', request: { consentVersion: POLICY_VERSION } }])
    expect(action).toHaveBeenCalledTimes(1)
    expect(result.current.isAsked).toBe(false)
    expect(hasConsent()).toBe(true)
  })

  it('is not asked for twice', async () => {
    const { result } = renderHook(useConsent)
    await act(() => result.current.agree())
    const action = jest.fn()
    act(() => result.current.withConsent(action))
    expect(action).toHaveBeenCalledTimes(1)
    expect(result.current.isAsked).toBe(false)
  })

  it('declined, leaves everything as it was', () => {
    const action = jest.fn()
    const { result } = renderHook(useConsent)
    act(() => result.current.withConsent(action))
    act(() => result.current.decline())
    expect(action).not.toHaveBeenCalled()
    expect(hasConsent()).toBe(false)
    expect(phone.events).toEqual([])
  })

  it('counts only once the cloud has recorded it', async () => {
    phone.answer = () => ({ ok: false, reason: 'unknown-version' })
    const { result } = renderHook(useConsent)
    act(() => result.current.withConsent(jest.fn()))
    await act(() => result.current.agree())
    expect(hasConsent()).toBe(false)
    expect(result.current.isAsked).toBe(true)
    expect(result.current.refusal?.reason).toBe('unknown-version')
  })
})

describe("the platform's privacy gate", () => {
  it('waits for the button, then names it', async () => {
    openPrivacyGate()
    const { result } = renderHook(useConsent)
    const settle = jest.fn()
    act(() => phone.privacy?.(settle))
    expect(result.current.isAsked).toBe(true)
    expect(settle).not.toHaveBeenCalled()
    await act(() => result.current.agree())
    expect(settle).toHaveBeenCalledWith({ event: 'agree', buttonId: AGREE_BUTTON_ID })
  })

  it('says no at once where the page in front cannot ask', () => {
    openPrivacyGate()
    const settle = jest.fn()
    act(() => phone.privacy?.(settle))
    expect(settle).toHaveBeenCalledWith({ event: 'disagree' })
    const { result } = renderHook(useConsent)
    act(hidePage)
    act(() => phone.privacy?.(settle))
    expect(settle).toHaveBeenCalledTimes(2)
    expect(result.current.isAsked).toBe(false)
    act(showPage)
    act(() => phone.privacy?.(settle))
    expect(settle).toHaveBeenCalledTimes(2)
    expect(result.current.isAsked).toBe(true)
    act(() => result.current.decline())
  })

  it('passes a no on', () => {
    openPrivacyGate()
    const { result } = renderHook(useConsent)
    const settle = jest.fn()
    act(() => phone.privacy?.(settle))
    act(() => result.current.decline())
    expect(settle).toHaveBeenCalledWith({ event: 'disagree' })
    expect(result.current.isAsked).toBe(false)
  })
})

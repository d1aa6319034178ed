import { BUILT_IN_TAGS } from '../built-in-tags'
import { componentSpace, glassEasel } from './code-space'
import { program } from './program'
import { agreePrivacy } from './wx-privacy'

type BuiltIn = {
  data: Record<string, unknown>
  triggerEvent: (name: string, detail: unknown) => void
  getBackendElement: () => HTMLElement
  update?: (data: Record<string, unknown>) => void
}
type Behaviour = (component: BuiltIn, host: HTMLElement) => (data: Record<string, unknown>) => void

const NOT_COMPONENTS = [
  'page',
  'template',
  'import',
  'include',
  'block',
  'slot',
  'wxs',
  'comp',
  'custom-wrapper',
]

/** What a reader is told belongs on the element itself. */
function tellReaders(host: HTMLElement, data: Record<string, unknown>): void {
  for (const [property, attribute] of [
    ['ariaRole', 'role'],
    ['ariaLabel', 'aria-label'],
    ['ariaChecked', 'aria-checked'],
  ] as const) {
    const value = data[property]
    if (typeof value === 'string' && value !== '') host.setAttribute(attribute, value)
    else host.removeAttribute(attribute)
  }
}

const typing: Behaviour = (component, host) => {
  const field = document.createElement(host.tagName === 'WX-TEXTAREA' ? 'textarea' : 'input')
  host.append(field)
  const tell = (name: string, more: object = {}) =>
    component.triggerEvent(name, { value: field.value, ...more })
  field.addEventListener('input', () => tell('input', { cursor: field.selectionStart }))
  field.addEventListener('focus', () => tell('focus', { height: 0 }))
  field.addEventListener('blur', () => tell('blur'))
  field.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Enter') tell('confirm')
  })
  return (data) => {
    const value = String(data.value ?? '')
    if (field.value !== value) field.value = value
    field.placeholder = String(data.placeholder ?? '')
    field.disabled = data.disabled === true
    if (typeof data.maxlength === 'number' && data.maxlength > 0) field.maxLength = data.maxlength
    field.setAttribute('aria-label', String(data.ariaLabel ?? data.placeholder ?? ''))
    host.removeAttribute('aria-label')
  }
}

/** Pictures of the program lie beside its code. */
function pictureAddress(source: string): string {
  return /^(data:|https?:)/.test(source) ? source : `/weapp/program/${source.replace(/^\//, '')}`
}

const BEHAVIOURS: Partial<Record<string, Behaviour>> = {
  input: typing,
  textarea: typing,
  image: (component, host) => {
    const picture = document.createElement('img')
    picture.alt = ''
    host.append(picture)
    picture.addEventListener('load', () =>
      component.triggerEvent('load', {
        width: picture.naturalWidth,
        height: picture.naturalHeight,
      }),
    )
    return ({ src, ariaLabel }) => {
      // The picture within says nothing; what is said of it is said of the host.
      if (typeof ariaLabel === 'string' && ariaLabel !== '') host.setAttribute('role', 'img')
      const address = typeof src === 'string' && src !== '' ? pictureAddress(src) : ''
      if (picture.getAttribute('src') !== address) picture.setAttribute('src', address)
    }
  },
  'scroll-view': (component, host) => {
    host.addEventListener('scroll', () => {
      component.triggerEvent('scroll', { scrollTop: host.scrollTop, scrollLeft: host.scrollLeft })
      if (host.scrollTop + host.clientHeight >= host.scrollHeight - 50) {
        component.triggerEvent('scrolltolower', { direction: 'bottom' })
      }
    })
    return ({ scrollX, scrollY }) => {
      host.style.overflowY = scrollY === true ? 'auto' : ''
      host.style.overflowX = scrollX === true ? 'auto' : ''
    }
  },
  button: (component, host) => {
    host.tabIndex = 0
    host.addEventListener('click', () => {
      if (component.data.openType === 'agreePrivacyAuthorization') {
        agreePrivacy()
        component.triggerEvent('agreeprivacyauthorization', { errMsg: 'ok' })
      }
    })
    return ({ disabled, ariaRole }) => {
      host.toggleAttribute('disabled', disabled === true)
      if (typeof ariaRole !== 'string' || ariaRole === '') host.setAttribute('role', 'button')
    }
  },
  switch: (component, host) => {
    let on = false
    host.addEventListener('click', () => {
      on = !on
      component.triggerEvent('change', { value: on })
    })
    return ({ checked }) => {
      on = checked === true
      host.toggleAttribute('checked', on)
    }
  },
}

/** How a touch on a view with `hover-class` looks while it lasts. */
function addHover(host: HTMLElement, component: BuiltIn): void {
  const look = (pressed: boolean) => {
    const name = component.data.hoverClass
    if (typeof name === 'string' && name !== '' && name !== 'none') {
      host.classList.toggle(name, pressed)
    }
  }
  host.addEventListener('pointerdown', () => look(true))
  for (const end of ['pointerup', 'pointerleave', 'pointercancel']) {
    host.addEventListener(end, () => look(false))
  }
}

/** Registers WeChat's own components, as far as the program uses them. */
export function registerBuiltIns(): void {
  const space = new glassEasel.ComponentSpace('', undefined, componentSpace.styleScopeManager)
  const tags = new Set([...BUILT_IN_TAGS, ...Object.keys(program.attributes)])
  for (const tag of tags) {
    if (NOT_COMPONENTS.includes(tag)) continue
    const names = new Set([...(program.attributes[tag] ?? []), 'hidden', 'name', 'value'])
    const definition = space.defineComponent({
      is: `built-in/${tag}`,
      properties: Object.fromEntries([...names].map((name) => [name, null])),
      lifetimes: {
        created() {
          const component = builtIn(this)
          const host = component.getBackendElement()
          const update = BEHAVIOURS[tag]?.(component, host)
          addHover(host, component)
          component.update = (data) => {
            tellReaders(host, data)
            update?.(data)
            host.style.display = data.hidden === true ? 'none' : ''
          }
        },
        attached() {
          const component = builtIn(this)
          component.update?.(component.data)
        },
      },
      observers: {
        '**'() {
          const component = builtIn(this)
          component.update?.(component.data)
        },
      },
    } as never)
    componentSpace.setGlobalUsingComponent(tag, definition as never)
  }
}

function builtIn(self: unknown): BuiltIn {
  const caller = self as { _$?: BuiltIn } & BuiltIn
  return caller._$ ?? caller
}

import type { ReactNode } from 'react'

/**
 * Taro's components as plain elements, with the role and label that WeChat would tell a reader, so
 * that tests find what a person finds.
 */
type Props = {
  className?: string
  id?: string
  ariaRole?: string
  ariaLabel?: string
  ariaChecked?: 'true' | 'false'
  children?: ReactNode
  onClick?: () => void
}
type Named = Pick<Props, 'className' | 'id' | 'ariaRole' | 'ariaLabel' | 'ariaChecked'>

const told = ({ className, id, ariaRole, ariaLabel, ariaChecked }: Named) => ({
  className,
  id,
  role: ariaRole,
  'aria-label': ariaLabel,
  'aria-checked': ariaChecked === undefined ? undefined : ariaChecked === 'true',
})

export function View({ children, onClick, ...named }: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a phone has no keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is the component's own
    <div {...told(named)} onClick={onClick}>
      {children}
    </div>
  )
}

export function Text({ children, ...named }: Props) {
  return <span {...told(named)}>{children}</span>
}

export function Button({ children, onClick, ...named }: Props) {
  return (
    <button type="button" {...told(named)} onClick={onClick}>
      {children}
    </button>
  )
}

export function Image({ src, ...named }: Props & { src?: string }) {
  return <img {...told(named)} src={src} alt="" />
}

type Typed = { detail: { value: string } }

export function Input({
  value,
  placeholder,
  onInput,
  ...named
}: Props & { value?: string; placeholder?: string; onInput?: (event: Typed) => void }) {
  return (
    <input
      {...told(named)}
      value={value}
      placeholder={placeholder}
      onChange={(event) => onInput?.({ detail: { value: event.target.value } })}
    />
  )
}

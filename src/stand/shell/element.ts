type Properties = {
  className?: string
  text?: string
  role?: string
  label?: string
  onTap?: () => void
}

/** One element with its children: all the drawing that the stand needs. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { className, text, role, label, onTap }: Properties = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (className !== undefined) made.className = className
  if (text !== undefined) made.textContent = text
  if (role !== undefined) made.setAttribute('role', role)
  if (label !== undefined) made.setAttribute('aria-label', label)
  if (onTap !== undefined) made.addEventListener('click', onTap)
  made.append(...children)
  return made
}

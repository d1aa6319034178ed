/** The ways in which every screen is looked at. */
export type ScreenLook = { mode: 'light' | 'dark' | 'care'; language: 'zh' | 'en' }

export const LOOKS: readonly ScreenLook[] = (['zh', 'en'] as const).flatMap((language) =>
  (['light', 'dark', 'care'] as const).map((mode) => ({ mode, language })),
)

export function lookName({ mode, language }: ScreenLook): string {
  return `${mode}-${language}`
}

import { useTranslations } from 'use-intl'

/** Why something was not done, where it has no words of its own: of this device first, then the server's sentence. */
export function useErrorText() {
  const t = useTranslations('ui')
  return ({ name, message }: Error): string => {
    if (name === 'DeviceFull' || name === 'NoRoom') return t('deviceFull')
    return name === 'Unreachable' ? t('error.unreachable.text') : message
  }
}

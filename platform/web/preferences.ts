'use client'
import { useSyncExternalStore } from 'react'
import { preferencesKey as key } from './preferences-script.ts'

/** What a person chose, as this device knows it. Unset: the system's. */
export type Preferences = {
  theme?: 'light' | 'dark' | 'contrast' | undefined
  density?: 'kitchen' | undefined
  locale?: 'en' | 'es' | undefined
}

const watchers = new Set<() => void>()
const nothingChosen: Preferences = {}
let chosen: Preferences | undefined

function read(): Preferences {
  chosen ??= parse(localStorage.getItem(key))
  return chosen
}

function parse(stored: string | null): Preferences {
  try {
    return JSON.parse(stored ?? '{}') as Preferences
  } catch {
    return {}
  }
}

export function prefer(change: Preferences) {
  chosen = { ...read(), ...change }
  localStorage.setItem(key, JSON.stringify(chosen))
  const page = document.documentElement
  setOrRemove(page, 'data-theme', chosen.theme)
  setOrRemove(page, 'data-density', chosen.density)
  for (const watcher of watchers) watcher()
}

function setOrRemove(page: HTMLElement, attribute: string, value: string | undefined) {
  if (value) page.setAttribute(attribute, value)
  else page.removeAttribute(attribute)
}

export const usePreferences = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    read,
    () => nothingChosen,
  )

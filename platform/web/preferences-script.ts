/** Where this device keeps what a person chose. */
export const preferencesKey = 'opsflow.preferences'

/**
 * Runs in the head, before the first paint: theme, density and language of this device. Its text is part of every
 * page, so the page's content security policy may allow exactly it.
 */
export const preferencesScript = `try{const p=JSON.parse(localStorage.getItem('${preferencesKey}')||'{}'),d=document.documentElement;if(p.theme)d.dataset.theme=p.theme;if(p.density)d.dataset.density=p.density;const l=p.locale||(/^es\\b/.test(navigator.language)?'es':'en');if(l!=='en'){d.lang=l;d.dataset.awaitsLanguage=''}}catch{}`

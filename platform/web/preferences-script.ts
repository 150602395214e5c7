/** Where this device keeps what a person chose. */
export const preferencesKey = 'opsflow.preferences'

/** Where it keeps the colours of the organization that was last worked for. */
export const brandKey = 'opsflow.brand'

/**
 * Runs in the head, before the first paint: theme, density and language of this device, and the brand's colours. Its text is part of every
 * page, so the page's content security policy may allow exactly it.
 */
export const preferencesScript = `try{const p=JSON.parse(localStorage.getItem('${preferencesKey}')||'{}'),d=document.documentElement;if(p.theme)d.dataset.theme=p.theme;if(p.density)d.dataset.density=p.density;const l=p.locale||(/^es\\b/.test(navigator.language)?'es':'en');if(l!=='en'){d.lang=l;d.dataset.awaitsLanguage=''}}catch{}try{const b=localStorage.getItem('${brandKey}');if(b){const s=new CSSStyleSheet;s.replaceSync(b);document.adoptedStyleSheets=[s]}}catch{}`

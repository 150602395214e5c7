/** Where this device keeps what it was last used for. */
export const choiceKey = 'opsflow.choice'

/** Set while someone has signed out and the server could not hear it: nothing is asked in their name. */
export const leavingKey = 'opsflow.leaving'

type Asked = { path: string; organization: string; answer: Promise<Response> }
declare global {
  interface Window {
    opsflowFirst?: Asked[]
  }
}

/**
 * Runs in the head of every page, before any other script or style has arrived: a page of an organization asks at once
 * for what it will need first, and knows whose screen it will be. Its text is part of the page, so the page's content security policy may allow exactly it.
 */
export const firstCallsScript = `try{const c=JSON.parse(localStorage.getItem('${choiceKey}')||'{}'),o=(/^\\/o\\/([a-z0-9-]+)/i.exec(location.pathname)||[])[1]||c.organization;document.documentElement.dataset.role=c.role;if(o&&!localStorage.getItem('${leavingKey}')&&!/^(\\/o\\/[^/]+)?\\/(sign-in|first-run|kiosk)/.test(location.pathname))window.opsflowFirst=['/session','/dashboard'].map(p=>{const answer=fetch('/api/v1'+p,{headers:{accept:'application/json','x-organization-id':o},credentials:'same-origin'});answer.catch(()=>{});return{path:'/api/v1'+p,organization:o,answer}})}catch{}`

/** `fetch`, but an answer that was asked for before there was any code to want it is taken, once, instead of another. */
export const fetchFirst: typeof fetch = (input, init) => {
  const asked = init?.method === 'GET' ? takeAsked(String(input), headerOf(init)) : undefined
  return asked?.answer ?? fetch(input, init)
}

const headerOf = ({ headers }: RequestInit) => (headers as Record<string, string> | undefined)?.['x-organization-id']

function takeAsked(path: string, organization: string | undefined) {
  const asked = window.opsflowFirst?.find((one) => one.path === path && one.organization === organization)
  window.opsflowFirst = window.opsflowFirst?.filter((one) => one !== asked) ?? []
  return asked
}

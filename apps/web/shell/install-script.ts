/** Chromium's own offer to install, kept until the moment it may be of use. */
type Offer = Event & { prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }> }
declare global {
  interface Window {
    opsflowInstall?: Offer | undefined
  }
}

/** What this device has seen of the app, and the event that says that it changed. */
export const installKey = 'opsflow.install'

/** Runs in the head: the browser makes its offer before the screens' code has arrived. */
export const installScript = `addEventListener('beforeinstallprompt',e=>{e.preventDefault();window.opsflowInstall=e;dispatchEvent(new Event('${installKey}'))});`

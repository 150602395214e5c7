/** Where a tablet is set up, as one types it there. */
export const addressOfTablet = () => (typeof location === 'undefined' ? '/kiosk' : `${location.host}/kiosk`)

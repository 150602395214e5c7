import { PlacesScreen } from '@opsflow/capabilities/locations/web'

export default PlacesScreen

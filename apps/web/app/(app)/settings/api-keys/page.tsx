import { ApiKeysScreen } from '@opsflow/capabilities/people/web'

export default ApiKeysScreen

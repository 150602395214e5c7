export { AuditsScreen } from './audits-screen.tsx'
export { messages as auditsMessages } from './messages.ts'
export { ScoreLine } from './score-line.tsx'
export { ScorePanel } from './score-panel.tsx'

import { livesWell } from './lives-well'

livesWell(251)

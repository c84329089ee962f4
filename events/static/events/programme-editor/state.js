// The one programme of this page.

import { choices, initial } from "./page.js"
import { Programme } from "./programme.js"
import { SaveRecord } from "./save-record.js"
import { Server } from "./server.js"

export const programme = new Programme(choices.days)
export const record = new SaveRecord(initial)
export const server = new Server(choices.addresses, initial.token)

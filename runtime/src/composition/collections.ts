import { approvals } from '../approvals/approval-record.ts';
import { approvalSettings } from '../approvals/approval-setting.ts';
import type { Document } from 'mongodb';
import { accessTokens, accounts, sessions, setups, signInFailures, writeKeys } from '../access/account-record.ts';
import { reveals } from '../access/reveals.ts';
import { groupTallies, tallies } from '../analytics/tally.ts';
import { audiences } from '../audiences/audience-record.ts';
import { memberExports } from '../audiences/export-log.ts';
import { memberships } from '../audiences/membership-record.ts';
import { bulkChanges } from '../bulk-changes/bulk-change-record.ts';
import { calls } from '../calls/call-record.ts';
import { services } from '../calls/service-record.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { queuedMessages } from '../channels/email/mail-queue.ts';
import { outboxMessages } from '../channels/email/outbox.ts';
import { settings } from '../channels/email/provider-settings.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { recentConditions } from '../conditions/recent-conditions.ts';
import { datasetRows, datasets } from '../datasets/dataset-record.ts';
import { derivedAttributes, derivedDue } from '../derived/derived-record.ts';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { entryCaps } from '../enrolment/entry-cap.ts';
import { triggerChanges } from '../enrolment/live-triggers.ts';
import { refusals } from '../enrolment/refusals.ts';
import { batches } from '../executor/batch-record.ts';
import { slotQueues } from '../executor/mongo-slot-book.ts';
import { runs } from '../executor/run-record.ts';
import { experimentDecisions } from '../experiments/experiment-record.ts';
import { templateVersions } from '../flow-templates/template-record.ts';
import { flows, flowVersions } from '../flows/flow-record.ts';
import { presences } from '../flows/presence.ts';
import { forecasts } from '../forecast/forecast-record.ts';
import { hooks } from '../hooks/hook-record.ts';
import { profileMerges } from '../identities/merge-record.ts';
import { importJournal } from '../imports/import-journal.ts';
import { importRejections, imports } from '../imports/import-record.ts';
import { events } from '../ingest/event-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import { secrets } from '../links/link-secret.ts';
import { models } from '../models/model-record.ts';
import { nodeTemplates } from '../node-templates/template-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { qualityAlerts } from '../quality/quality-alerts.ts';
import { qualityDays } from '../quality/quality-day.ts';
import { quarantine } from '../quality/quarantine-record.ts';
import { cases } from '../sandbox/case-record.ts';
import { agendaJobs } from '../scheduler/agenda-scheduler.ts';
import type { CollectionDeclaration } from '../stores/database.ts';

/** Everything that is stored, by area; indexes are made from it at the start. */
export const COLLECTIONS = [
  [accounts, accessTokens, sessions, setups, signInFailures, writeKeys, reveals],
  [events, unmatchedEvents],
  [profiles, profileMerges, attributeDefinitions, eventDefinitions, imports, importRejections, importJournal],
  [datasets, datasetRows],
  [quarantine, qualityDays, qualityAlerts, derivedAttributes, derivedDue],
  [audiences, memberships, memberExports, recentConditions, models],
  [nodeTemplates, flows, flowVersions, approvals, approvalSettings, templateVersions, presences],
  [runs, batches, bulkChanges, slotQueues, tallies, groupTallies, agendaJobs],
  [experimentDecisions, cases, forecasts],
  [enrolments, entryCaps, refusals, triggerChanges, hooks],
  [deliveries, outboxMessages, queuedMessages, settings, secrets],
  [calls, services],
].flat() as readonly CollectionDeclaration<Document>[];

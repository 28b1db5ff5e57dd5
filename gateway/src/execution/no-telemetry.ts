// Imported before @apollo/gateway, which otherwise reports to Apollo from the moment it is constructed.
// eslint-disable-next-line no-process-env -- it has no other switch
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

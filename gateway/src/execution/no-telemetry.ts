// Imported before @apollo/gateway, which otherwise reports to Apollo from the moment it is constructed.
// eslint-disable-next-line no-restricted-properties -- it has no other switch
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

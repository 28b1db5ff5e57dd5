// Before @apollo/gateway is loaded, which otherwise reports to Apollo as soon as it is constructed.
// eslint-disable-next-line no-restricted-properties -- it has no other switch
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

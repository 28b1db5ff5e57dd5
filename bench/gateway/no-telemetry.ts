// Before @apollo/gateway is loaded, which otherwise reports to Apollo as soon as it is constructed.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

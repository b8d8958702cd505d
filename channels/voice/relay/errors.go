package relay

import "parley/channels"

// codes says what to do about Twilio's error codes for a call that was to be placed
// (https://www.twilio.com/docs/api/errors). A code that is not here is judged by the
// answer's HTTP status.
var codes = map[int]channels.ErrorKind{
	20429: channels.Retryable, // too many requests

	13223: channels.Rejected, // invalid phone number format
	13224: channels.Rejected, // invalid phone number
	13225: channels.Rejected, // forbidden phone number
	13227: channels.Rejected, // geographic permission
	21201: channels.Rejected, // no To
	21211: channels.Rejected, // invalid To
	21214: channels.Rejected, // To can't be reached
	21215: channels.Rejected, // no permission for the region of To
	21216: channels.Rejected, // To is on Twilio's block list
	21217: channels.Rejected, // telephone number not reachable

	20003: channels.Misconfigured, // authentication
	20005: channels.Misconfigured, // account not active
	20008: channels.Misconfigured, // test credentials
	20404: channels.Misconfigured, // no such account or resource
	21205: channels.Misconfigured, // invalid Url
	21210: channels.Misconfigured, // From is not verified
	21212: channels.Misconfigured, // invalid From
	21213: channels.Misconfigured, // no From
	21219: channels.Misconfigured, // trial account, unverified number
	21609: channels.Misconfigured, // invalid StatusCallback
}

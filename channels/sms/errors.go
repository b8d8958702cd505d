package sms

import "parley/channels"

// codeOptedOut: the person has told Twilio to stop.
const codeOptedOut = "21610"

// codes says what to do about Twilio's error codes
// (https://www.twilio.com/docs/api/errors). A code that is not here is judged
// by the answer's HTTP status.
var codes = map[int]channels.ErrorKind{
	21610: channels.OptedOut, // recipient has replied STOP

	20429: channels.Retryable, // too many requests
	21611: channels.Retryable, // the sender's queue is full

	21211: channels.Rejected, // invalid To
	21217: channels.Rejected, // telephone number not reachable
	21265: channels.Rejected, // To is a short code
	21408: channels.Rejected, // no permission for the region of To
	21602: channels.Rejected, // no body
	21604: channels.Rejected, // no To
	21612: channels.Rejected, // To can't be reached from this sender
	21614: channels.Rejected, // To is not a mobile number
	21617: channels.Rejected, // body too long
	21635: channels.Rejected, // To is a landline

	20003: channels.Misconfigured, // authentication
	20005: channels.Misconfigured, // account not active
	20008: channels.Misconfigured, // test credentials
	20404: channels.Misconfigured, // no such account or resource
	21212: channels.Misconfigured, // invalid From
	21603: channels.Misconfigured, // no From
	21606: channels.Misconfigured, // From can't send messages
	21608: channels.Misconfigured, // trial account, unverified number
	21609: channels.Misconfigured, // invalid StatusCallback
	21659: channels.Misconfigured, // From is not a Twilio number
	21660: channels.Misconfigured, // From belongs to another account
	21701: channels.Misconfigured, // no such messaging service
	21703: channels.Misconfigured, // messaging service without numbers
	21704: channels.Misconfigured, // messaging service without a usable number
	21705: channels.Misconfigured, // invalid messaging service
	30034: channels.Misconfigured, // unregistered sender
}

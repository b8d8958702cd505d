package asterisk

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/voice/speech"
)

// docBlock is a file as docs/voice-asterisk.md shows it.
func docBlock(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile("../../../docs/voice-asterisk.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```ini\n; " + regexp.QuoteMeta(name) + "\n(.*?)```").FindSubmatch(page)
	if m == nil {
		t.Fatalf("docs/voice-asterisk.md has no %s", name)
	}
	return string(m[1])
}

// TestTheDialplanAsksWhatWeAnswer keeps the page's dialplan to the paths there are.
func TestTheDialplanAsksWhatWeAnswer(t *testing.T) {
	t.Parallel()
	plan := docBlock(t, "extensions.conf")
	for _, want := range []string{"/status,", "/agent,", "agent:ended", "c(slin16)f(json)v(call=", `"hangup"`, `"again"`, `"go"`, "[" + DefaultContext + "]", "[parley-dial]",
		"PARLEY_MESSAGE", "PARLEY_CALL", "PARLEY_PERSON", "PARLEY_OURS"} {
		if !strings.Contains(plan, want) {
			t.Errorf("it has no %s", want)
		}
	}
	if got := docBlock(t, "websocket_client.conf"); !strings.Contains(got, MediaPath+"\n") {
		t.Error("websocket_client.conf has another path")
	}
}

// real is a house with a real Asterisk before it.
type real struct {
	*house
	local             *speech.Client
	root, dir, inside string
	sip               int
}

// realAsterisk brings one up, with the page's dialplan.
func realAsterisk(t *testing.T) *real {
	t.Helper()
	root := os.Getenv("PARLEY_VOICE_E2E")
	if root == "" {
		t.Skip("it needs a real Asterisk: make voice-e2e")
	}
	r := &real{local: localSpeech(t), root: root, sip: freePort(t)}
	rest := freePort(t)
	r.house = build(t, Config{Speech: r.local, ARI: ARI{URL: fmt.Sprintf("http://127.0.0.1:%d/ari", rest), User: "parley", Password: secret}})
	var err error
	if r.dir, err = os.MkdirTemp(filepath.Join(root, "tmp"), "parley-e2e-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("Asterisk's and the telephone's logs are in %s", r.dir)
		} else {
			_ = os.RemoveAll(r.dir)
		}
	})
	r.inside = strings.TrimPrefix(r.dir, strings.TrimSuffix(root, "/"))
	configureAsterisk(t, r.dir, r.inside, r.server.URL, r.sip, rest)
	start(t, r.dir, root, "asterisk.out", "asterisk", "-C", r.inside+"/asterisk.conf", "-f", "-vvv")
	for range 60 { // a process of its own: there is no signal to wait for
		if r.tell(t, "core waitfullybooted"); strings.Contains(r.tell(t, "core show version"), "Asterisk 2") {
			t.Log(r.tell(t, "core show version"))
			return r
		}
		time.Sleep(time.Second)
	}
	t.Fatal("Asterisk does not come up")
	return nil
}

// tell gives Asterisk a command.
func (r *real) tell(t *testing.T, command string) string {
	t.Helper()
	out, _ := exec.CommandContext(t.Context(), "chroot", r.root, "asterisk", "-C", r.inside+"/asterisk.conf", "-rx", command).Output()
	return strings.TrimSpace(string(out))
}

// TestARealAsteriskBringsACall is a telephone that calls us: baresip, over SIP and G.722.
func TestARealAsteriskBringsACall(t *testing.T) {
	r := realAsterisk(t)
	configurePhone(t, r.dir, r.inside, freePort(t))
	saidOnTheTelephone(t, filepath.Join(r.dir, "person.wav"), r.local)
	start(t, r.dir, r.root, "baresip.out", "baresip", "-f", r.inside+"/baresip", "-t", "90", "-e", fmt.Sprintf("/dial sip:%s@127.0.0.1:%d", ours, r.sip))

	r.awaitFor(t, "started", 40*time.Second)
	t.Log("the telephone is answered")
	r.send(t, "m1", "This call is about your account.", channels.Spoken{Whole: true})
	r.awaitFor(t, "receipt delivered  This call is about your account.", 20*time.Second)
	t.Log("our words were played to their end")
	r.awaitFor(t, "speech  i can pay fifty dollars a month", 40*time.Second)
	t.Log("heard: i can pay fifty dollars a month")
	r.send(t, "m2", strings.Repeat("You may pay in three parts, or you may pay all of it at once. ", 5), channels.Spoken{})
	r.awaitFor(t, "speech  wait a moment please", 40*time.Second)
	var cut *channels.Receipt
	for _, c := range r.Confirmed() {
		if c.MessageID == "m2" {
			cut = &c
		}
	}
	if cut == nil || cut.Reason != channels.InterruptedReason || cut.Heard == "" {
		t.Errorf("the receipt of what was broken into is %+v", cut)
	} else {
		t.Logf("broken into after %q", cut.Heard)
	}
	r.send(t, "m3", "Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
	r.awaitFor(t, "ended completed", 40*time.Second)
	t.Log("hung up, and the dialplan told so")
	heardOnTheTelephone(t, filepath.Join(r.dir, "heard.wav"), r.local)
}

// TestARealAsteriskPlacesACall is a person in the dialplan whom we call: they answer,
// press keys, and are put through to a desk that is busy.
func TestARealAsteriskPlacesACall(t *testing.T) {
	r := realAsterisk(t)
	yes, err := r.local.Speak(t.Context(), "yes", "")
	if err != nil {
		t.Fatal(err)
	}
	yes = append(yes, make([]int16, 12*speech.Rate)...) // a telephone sends its silence
	if err := os.WriteFile(filepath.Join(r.dir, "yes.sln16"), speech.Bytes(yes), 0o644); err != nil {
		t.Fatal(err)
	}
	dial := channels.Outbound{ID: "dial 1", Channel: "voice", To: person, Spoken: channels.Spoken{Then: channels.ThenDial}}
	if _, err := r.adapter.Send(t.Context(), dial); err != nil {
		t.Fatal(err)
	}
	if _, found, err := r.adapter.Find(t.Context(), dial, time.Time{}, nil); !found || err != nil {
		t.Errorf("the call that was placed is not found: %v", err)
	}
	r.awaitFor(t, "answered human", 40*time.Second)
	r.awaitFor(t, "started", 20*time.Second)
	t.Log("a person answered the call we placed")
	r.send(t, "m1", "This call is about your account.", channels.Spoken{Whole: true})
	r.awaitFor(t, "receipt delivered  This call is about your account.", 20*time.Second)
	r.awaitFor(t, "digits  78", 40*time.Second)
	t.Log("keys: 78")
	r.send(t, "m2", "One moment.", channels.Spoken{Whole: true, Then: channels.ThenTransfer, Handoff: `{"reason":"requested_human"}`})
	r.awaitFor(t, "agent busy", 40*time.Second)
	t.Log("handed over, the desk was busy, and the call came back")
	r.send(t, "m3", "Goodbye.", channels.Spoken{Whole: true, Then: channels.ThenHangUp})
	r.awaitFor(t, "ended completed", 40*time.Second)
}

// awaitFor waits longer than await does: this happens in real time.
func (h *house) awaitFor(t *testing.T, want string, d time.Duration) {
	t.Helper()
	late := time.After(d)
	for {
		h.mu.Lock()
		changed := h.changed
		h.mu.Unlock()
		for _, s := range h.list() {
			if s == want {
				return
			}
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("%q is not told, only %q", want, h.list())
		}
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).Port
}

// start runs a program in the chroot until the test ends, or for five minutes should the
// test be killed; what it prints goes to a file.
func start(t *testing.T, dir, root, log string, command ...string) {
	t.Helper()
	out, err := os.Create(filepath.Join(dir, log))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("timeout", append([]string{"-s", "KILL", "300", "chroot", root}, command...)...)
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = out, out, &syscall.SysProcAttr{Setpgid: true}
	cmd.Env = append(os.Environ(), "HOME=/root")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		_ = out.Close()
	})
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// configureAsterisk writes the page's two files with this test's addresses, and what else
// Asterisk needs.
func configureAsterisk(t *testing.T, dir, inside, server string, port, rest int) {
	t.Helper()
	host := strings.TrimPrefix(server, "http://")
	here := strings.NewReplacer("wss://parley.example.com", "ws://"+host, "https://parley.example.com", "http://"+host,
		"password = SECRET", "password = "+secret, "PARLEY_SECRET = SECRET", "PARLEY_SECRET = "+secret,
		"PJSIP/${EXTEN}@trunk", "Local/s@robot/n", "PJSIP/desk", "Local/s@nobody/n", "tls_enabled = yes", "tls_enabled = no", "verify_server_cert = yes\n", "", "verify_server_hostname = yes\n", "")
	for name, text := range map[string]string{
		"asterisk.conf": "[directories](!)\n[directories]\nastetcdir => " + inside + "\nastlogdir => " + inside + "\nastrundir => " + inside +
			"\nastspooldir => " + inside + "\nastdbdir => " + inside + "\n",
		"modules.conf":          "[modules]\nautoload = yes\nnoload = chan_alsa.so\nnoload = chan_console.so\nnoload = res_hep.so\nnoload = chan_iax2.so\nnoload = chan_sip.so\nnoload = chan_unistim.so\nnoload = chan_skinny.so\n",
		"logger.conf":           "[logfiles]\nfull = notice,warning,error,verbose(3),debug\n",
		"websocket_client.conf": here.Replace(docBlock(t, "websocket_client.conf")),
		"extensions.conf":       here.Replace(docBlock(t, "extensions.conf")) + robot(inside),
		"pjsip.conf": fmt.Sprintf("[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:%d\n\n[%s]\ntype = endpoint\ncontext = from-trunk\n"+
			"disallow = all\nallow = g722\naors = person\ndirect_media = no\n\n[person]\ntype = aor\nmax_contacts = 1\n", port, person),
		"http.conf": fmt.Sprintf("[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = %d\n", rest),
		"ari.conf":  "[general]\nenabled = yes\n\n[parley]\ntype = user\npassword = " + secret + "\n",
		"amd.conf":  "[general]\n",
		"rtp.conf":  "[general]\nrtpstart = 21000\nrtpend = 21100\n",
	} {
		write(t, filepath.Join(dir, name), text)
	}
}

// robot is a person whom we call, and a desk with nobody at it.
func robot(inside string) string {
	return "\n[robot]\nexten => s,1,Answer()\n same => n,Wait(0.5)\n same => n,Playback(" + inside + "/yes)\n" +
		" same => n,SendDTMF(78#)\n same => n,Wait(60)\n\n[nobody]\nexten => s,1,Wait(1)\n same => n,Busy(1)\n"
}

func configurePhone(t *testing.T, dir, inside string, port int) {
	t.Helper()
	write(t, filepath.Join(dir, "baresip", "config"), fmt.Sprintf(`sip_listen 127.0.0.1:%d
module_path /usr/lib/baresip/modules
module g722.so
module aufile.so
module_app account.so
module_app menu.so
audio_source aufile,%[2]s/person.wav
audio_player aufile,%[2]s/heard.wav
ausrc_srate 16000
auplay_srate 16000
ausrc_channels 1
auplay_channels 1
rtp_ports 22000-22100
`, port, inside))
	write(t, filepath.Join(dir, "baresip", "accounts"), "<sip:"+person+"@127.0.0.1>;regint=0;audio_codecs=G722/16000/1\n")
	write(t, filepath.Join(dir, "baresip", "contacts"), "")
}

// saidOnTheTelephone writes what the person says, with when: an answer, then a word into ours.
func saidOnTheTelephone(t *testing.T, file string, voice *speech.Client) {
	t.Helper()
	var all []int16
	for _, part := range []struct {
		quiet int // seconds before it
		text  string
	}{{9, "I can pay fifty dollars a month"}, {6, "Wait a moment please"}} {
		pcm, err := voice.Speak(t.Context(), part.text, "")
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, make([]int16, part.quiet*speech.Rate)...), pcm...)
	}
	all = append(all, make([]int16, 40*speech.Rate)...)
	if err := os.WriteFile(file, speech.WAV(all, speech.Rate), 0o644); err != nil {
		t.Fatal(err)
	}
}

// heardOnTheTelephone checks what came out of the telephone: the first sentence.
func heardOnTheTelephone(t *testing.T, file string, voice *speech.Client) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Logf("the telephone kept no recording: %v", err)
		return
	}
	pcm, rate, err := speech.ParseWAV(b)
	if err != nil {
		t.Logf("the telephone's recording can't be read: %v", err)
		return
	}
	var first []int16
	ears := &utterances{}
	for pcm = speech.Resample(pcm, rate, speech.Rate); len(pcm) >= frameSamples && first == nil; pcm = pcm[frameSamples:] {
		_, _, first = ears.hear(pcm[:frameSamples])
	}
	text, _, err := voice.Hear(t.Context(), first)
	t.Logf("what came out of the telephone first is understood as %q, %v", text, err)
	if text != "this call is about your account" {
		t.Error("that is not what was said")
	}
}

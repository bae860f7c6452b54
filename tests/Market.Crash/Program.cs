using System.Globalization;
using System.Text.Json;
using Market.Crash;

// Kills a running node again and again, at random moments and under load from outside, and checks that every answered command is in the
// state, none is in twice, and every investment comes home. Then: monkonomy verify on the same journal.
//
//   crash [--kills 100] [--clients 8] [--seed 1] [--data DIR] [--told FILE] [--at-syscalls]
//
// With --at-syscalls the node is killed as it enters a write, sync or cut of a file, wherever that is: in an append, a checkpoint or a
// recovery. FILE gets every answer that a client got, for monkonomy verify --told.
var kills = Number("--kills", 100);
var clients = Number("--clients", 8);
var seed = (ulong)Number("--seed", 1);
var atSyscalls = args.Contains("--at-syscalls");
if (atSyscalls && !SyscallKills.CanTrace())
{
    Console.Error.WriteLine("--at-syscalls needs strace: apt-get install strace");
    return 1;
}
var data = Text("--data") ?? Directory.CreateTempSubdirectory("monkonomy-crash-").FullName;

var toldFile = Text("--told") ?? Path.Combine(data, "told.jsonl");

using var node = new NodeProcess(data, NodeProcess.FreePort(), ["--bots", "4"]);
await node.StartAsync();
Console.WriteLine($"{kills} kills, {clients} clients, seed {seed}, journal in {data}");

var answered = 0L;
using var stop = new CancellationTokenSource();
var traders = Enumerable.Range(0, clients).Select(i => new Client(node, i, seed)).ToArray();
var running = traders.Select(trader => Task.Run(() => trader.RunAsync(() => Interlocked.Increment(ref answered), stop.Token))).ToArray();

var chance = new Random((int)seed);
var atCalls = new SyscallKills(node, chance);
if (atSyscalls) { await atCalls.RunAsync(kills, () => Interlocked.Read(ref answered)); }
for (var kill = 1; !atSyscalls && kill <= kills; kill++)
{
    // Not a time but a count of answers decides when: wherever the node is then, in deciding, writing or telling.
    var until = Interlocked.Read(ref answered) + chance.Next(5, 400);
    while (Interlocked.Read(ref answered) < until) { await Task.Yield(); }
    await node.KillAsync();
    await node.StartAsync();
    if (kill % 10 == 0) { Console.WriteLine($"  {kill} kills, {Interlocked.Read(ref answered)} frames answered"); }
}
await stop.CancelAsync();
await Task.WhenAll(running);

var wrong = new List<string>();
foreach (var trader in traders)
{
    while ((await trader.StateAsync()).GetProperty("inFlightInvestments").GetInt32() > 0) { await Task.Yield(); }
    wrong.AddRange(await trader.AskAgainAsync(last: 200));
    wrong.AddRange(Compare(trader, await trader.StateAsync()));
    trader.Dispose();
}
var exit = await node.StopAsync();
if (exit != 0) { wrong.Add($"The node ended with {exit}."); }
await File.WriteAllLinesAsync(toldFile, traders.SelectMany(trader => trader.Answers.Select(told => told.Line(trader.Name))));
if (await NodeProcess.RunAsync("verify", "--data", data, "--told", toldFile) != 0) { wrong.Add("The journal has not what clients were told."); }
if (atSyscalls) { Console.WriteLine(atCalls); }
foreach (var line in wrong.Take(20)) { Console.WriteLine(line); }
Console.WriteLine($"{kills} kills, {traders.Sum(trader => trader.Answers.Count)} commands answered, {wrong.Count} wrong. Now: monkonomy verify --data {data}");
return wrong.Count == 0 ? 0 : 1;

// Shares and fed monkeys of a trader follow from its own record of answers alone.
static IEnumerable<string> Compare(Client trader, JsonElement state)
{
    var accepted = trader.Answers.Where(told => told.Status == "ACCEPTED").Select(told => JsonDocument.Parse(told.Json).RootElement).ToArray();
    long Sum(string type, string field) => accepted.Where(c => c.GetProperty("type").GetString() == type).Sum(c => c.GetProperty(field).GetInt64());
    var fed = Sum("FEED", "monkeys");
    var shares = 5 + (5 * state.GetProperty("bailouts").GetInt64()) + Sum("BUY", "shares") - Sum("SELL", "shares") - fed;
    if (state.GetProperty("fedMonkeys").GetInt64() != fed) { yield return $"{trader.Name} was told of {fed} fed monkeys: {state.GetRawText()}"; }
    if (state.GetProperty("shares").GetInt64() != shares) { yield return $"{trader.Name} was told of {shares} shares: {state.GetRawText()}"; }
    if (trader.Answers.Select(told => told.TxnId).Distinct().Count() != trader.Answers.Count) { yield return $"{trader.Name} was answered twice."; }
}

int Number(string name, int fallback) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

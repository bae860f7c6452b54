using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>An input that was not answered as it should; says which, so that it can be sent again.</summary>
internal sealed class HostileInputException(ulong seed, byte[] bytes, string what, Exception? inner = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {what}\n{bytes.Length} bytes: {Shown(bytes)}"), inner)
{
    private static string Shown(byte[] bytes) => string.Concat(bytes.Take(2_000).Select(one => one is >= 0x20 and < 0x7F ? ((char)one).ToString() : $"\\x{one:x2}"));
}

/// <summary>One hostile client: sends one input after another, reads what it is owed, and keeps slow senders going meanwhile.</summary>
internal sealed class Attacker(Uri node, string token, ConcurrentDictionary<string, int> outcomes) : IDisposable
{
    private const int MostSlow = 8;
    private static readonly int[] Breaches = [1002, 1007, 1008, 1009];
    private static readonly string[] Bodies = ["commands", "commands", "traders", "gibbs"];

    private readonly List<Slow> _slow = [];
    private Wire? _http;
    private HostileSocket? _socket;
    private byte[] _bytes = [];

    public async Task SendAsync(ulong seed)
    {
        var dice = new Dice(seed);
        _bytes = [];
        try
        {
            foreach (var slow in _slow.ToArray()) { await DribbleAsync(slow, dice); }
            await (dice.Below(20) switch
            {
                < 7 => AskAsync(HostileHttp.Body(dice, Pick(dice, out var kind), HostileJson.Draw(dice, kind), token)),
                < 10 => AskAsync(HostileHttp.Question(dice, token)),
                10 or 11 => AskAsync(HostileHttp.Wire(dice)),
                < 16 => SayAsync(HostileFrames.Message(dice, HostileJson.Draw(dice, "commands"))),
                16 or 17 => SayAsync(HostileFrames.Violation(dice)),
                18 => GreetAsync(HostileFrames.Message(dice, HostileJson.Draw(dice, "hello"))),
                _ => BeginSlowAsync(seed, dice),
            });
        }
        catch (Exception wrong)
        {
            Dispose();
            (_http, _socket) = (null, null);
            _slow.Clear();
            if (wrong is HostileInputException) { throw; }
            throw new HostileInputException(seed, _bytes, wrong is TimeoutException ? "no answer in time" : wrong.Message, wrong);
        }
    }

    /// <summary>The slow ones come to their ends.</summary>
    public async Task FinishAsync()
    {
        while (_slow.Count > 0) { await DribbleAsync(_slow[0], new Dice(1)); }
    }

    public void Dispose()
    {
        _slow.ForEach(slow => slow.Wire.Dispose());
        _http?.Dispose();
        _socket?.Dispose();
    }

    private static string Pick(Dice dice, out string kind) => kind = dice.Of(Bodies);

    private async Task AskAsync(HttpInput input)
    {
        _bytes = input.Bytes;
        if (!input.IsHttp)
        {
            using var wire = await Wire.ConnectAsync(node);
            await wire.TrySendAsync(input.Bytes);
            if (!input.IsWhole) { Count("http left half said"); }
            else { CheckRefused(await wire.AnswerAsync(isHead: false)); }
            return;
        }
        _http ??= await Wire.ConnectAsync(node);
        await _http.TrySendAsync(input.Bytes);
        var answer = await _http.AnswerAsync(input.IsHead);
        Check(answer);
        if (answer is { GoesOn: true, Status: not 413 }) { return; } // what is too large is not read to its end
        _http.Dispose();
        _http = null;
    }

    private void Check(HttpAnswer? answer)
    {
        if (answer is null) { throw new IOException("the connection ended without an answer"); }
        if (answer.Status is < 100 or >= 500) { throw new IOException($"answered {answer.Status} {answer.Body}"); }
        var isProblem = answer.Type.StartsWith("application/problem+json", StringComparison.Ordinal);
        var isTheServersOwn = answer is { Status: 400, Body: "", GoesOn: false } or { Status: 416 }; // of a path that is none, of a range that is none
        if (answer.Status >= 400 && !isProblem && !isTheServersOwn)
        {
            throw new IOException($"answered {answer.Status} without a problem: {answer.Type} {answer.Body}");
        }
        Count($"http {answer.Status}");
    }

    /// <summary>The server itself refuses what is no HTTP, without a body; 505 is its word for a version of HTTP that is none.</summary>
    private void CheckRefused(HttpAnswer? answer)
    {
        var isFine = answer is null or { Status: 0 or (>= 200 and < 500) or 505 };
        if (!isFine) { throw new IOException($"answered {answer!.Status} {answer.Body}"); }
        Count(answer is null ? "http closed" : $"no http {answer.Status}");
    }

    private async Task SayAsync(SocketInput input)
    {
        _bytes = input.Bytes;
        _socket ??= await EnterAsync();
        await _socket.TrySendAsync(input.Bytes);
        if (input.Owed is Owed.Nothing) { Count("ws left half said"); }
        else if (Check(input.Owed, await _socket.NextAsync())) { return; }
        _socket.Dispose();
        _socket = null;
    }

    /// <returns>Whether the connection lives on.</returns>
    private bool Check(Owed owed, SocketAnswer answer)
    {
        Count(answer.Closed is { } number ? $"ws close {number}" : answer == SocketAnswer.End ? "ws end" : $"ws {answer.Key}");
        var isFine = owed switch
        {
            Owed.Answer => answer.Key is "problem" or "result" or "results" || Breaches.Contains(answer.Closed ?? 0),
            Owed.Refusal => answer.Key is "problem" || Breaches.Contains(answer.Closed ?? 0) || answer == SocketAnswer.End,
            Owed.Close => Breaches.Contains(answer.Closed ?? 0) || answer == SocketAnswer.End,
            _ => answer.Key.Length == 0,
        };
        return isFine ? answer.Key.Length > 0 : throw new IOException($"the socket was owed {owed} and got {answer}");
    }

    private async Task<HostileSocket> EnterAsync()
    {
        var socket = await HostileSocket.OpenAsync(node);
        var hello = $"{{\"hello\":{{\"team\":\"BONOBO\",\"name\":\"hostile\",\"token\":\"{token}\",\"subscribe\":[]}}}}";
        await socket.TrySendAsync(HostileFrames.Frame(new Dice(1), 0x81, Encoding.UTF8.GetBytes(hello)));
        (await socket.NextAsync()).Key.ShouldBe("welcome");
        return socket;
    }

    private async Task GreetAsync(SocketInput input)
    {
        _bytes = input.Bytes;
        using var socket = await HostileSocket.OpenAsync(node);
        await socket.TrySendAsync(input.Bytes);
        var answer = await socket.NextAsync();
        if (answer.Key is not "welcome") { Check(input.Owed, answer); }
    }

    private async Task BeginSlowAsync(ulong seed, Dice dice)
    {
        if (_slow.Count == MostSlow) { return; }
        var input = HostileHttp.Body(dice, Pick(dice, out var kind), HostileJson.Draw(dice, kind), token);
        if (input.Bytes.Length < 1_000) { _slow.Add(new Slow(seed, await Wire.ConnectAsync(node), input.Bytes)); }
    }

    private async Task DribbleAsync(Slow slow, Dice dice)
    {
        var some = Math.Min(1 + dice.Below(40), slow.Bytes.Length - slow.Sent);
        await slow.Wire.TrySendAsync(slow.Bytes.AsMemory(slow.Sent, some));
        slow.Sent += some;
        if (slow.Sent < slow.Bytes.Length) { return; }
        _slow.Remove(slow);
        using var wire = slow.Wire;
        try
        {
            Check(await wire.AnswerAsync(isHead: false));
        }
        catch (Exception wrong)
        {
            throw new HostileInputException(slow.Seed, slow.Bytes, $"sent slowly: {wrong.Message}", wrong);
        }
        Count("http sent slowly");
    }

    private void Count(string outcome) => outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    private sealed record Slow(ulong Seed, Wire Wire, byte[] Bytes)
    {
        public int Sent { get; set; }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Market.Servers;

namespace Market.Chaos.Traders;

/// <summary>
/// A trader from outside that never gives up: what was not answered in time, or refused because nothing can be promised now, is sent again with the same
/// txnIds, through another door.
/// </summary>
internal sealed class Trader(Account account, int shard, int number, IDoor door, Pulses pulses, ulong seed)
{
    public const int CommandsAFrame = 10;

    /// <summary>Longer than a shard takes to find a new owner, shorter than a node gives up: so what is repeated and what is late do meet.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Chance _chance = new(seed);
    private IConversation? _conversation;
    private int _attempt = number;
    private long _sent;

    public Account Account => account;

    public int Shard => shard;

    /// <summary>Of door.</summary>
    public string Kind => door.Kind;

    /// <summary>Answers that were to something else than was asked; empty when all is well.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Trades at a steady pace until told to stop; then all that was sent is answered, or it is too late for that.</summary>
    /// <param name="late">Ends it though something is not answered.</param>
    public async Task RunAsync(TimeSpan betweenFrames, CancellationToken stop, CancellationToken late)
    {
        using var pace = new PeriodicTimer(betweenFrames);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await SendUntilAnsweredAsync([.. Enumerable.Range(0, CommandsAFrame).Select(_ => Command.Draw($"{account.Pass.Name}-{_sent++}", _chance))], late);
                await pace.WaitForNextTickAsync(late);
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            Wrong.Add($"{account.Pass.Name} on shard {shard} was never answered {account.Pass.Name}-{_sent - CommandsAFrame}.");
        }
        finally
        {
            _conversation?.Dispose();
        }
    }

    private async Task SendUntilAnsweredAsync(Command[] commands, CancellationToken late)
    {
        string[] sent = [.. commands.Select(command => command.Json)];
        while (true)
        {
            if (await TryAsync(sent, late) is { } results)
            {
                Take(commands, results);
                return;
            }
            _conversation?.Dispose();
            _conversation = null;
            _attempt++;
            await Pause.ForAsync(BetweenTries, late);
        }
    }

    private async Task<IReadOnlyList<JsonElement>?> TryAsync(string[] sent, CancellationToken late)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(late);
        patience.CancelAfter(AnswerPatience);
        try
        {
            _conversation ??= await door.OpenAsync(account.Pass, _attempt, patience.Token);
            var results = await _conversation.AskAsync(sent, account.Heard, patience.Token);
            return results.Any(result => result.GetProperty("status").GetString() is "RATE_LIMITED" or "MARKET_CLOSED") ? null : results;
        }
        catch (DoorLostException lost)
        {
            if (lost.IsRefusal) { pulses.Refused(); }
            else { pulses.Lost(); }
            return null;
        }
    }

    private void Take(Command[] commands, IReadOnlyList<JsonElement> results)
    {
        pulses.Answered(shard, Stopwatch.GetTimestamp());
        if (!commands.Select(command => command.TxnId).SequenceEqual(results.Select(result => result.GetProperty("txnId").GetString())))
        {
            Wrong.Add($"{account.Pass.Name} asked for {commands[0].TxnId} and on, and was answered {string.Join(' ', results.Select(result => result.GetRawText()))}");
            return;
        }
        for (var i = 0; i < commands.Length; i++) { account.Told(commands[i], results[i]); }
    }
}

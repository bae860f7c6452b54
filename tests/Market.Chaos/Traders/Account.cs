using System.Text.Json;

namespace Market.Chaos.Traders;

/// <summary>
/// What one trader was told, from its own side alone: every answer goes to a file, a line each, and is counted here.
/// </summary>
internal sealed class Account(Pass pass, TextWriter file)
{
    private readonly Dictionary<string, long> _byStatus = [];

    public Pass Pass => pass;

    /// <summary>First answers, by status.</summary>
    public IReadOnlyDictionary<string, long> ByStatus => _byStatus;

    public long Answers => _byStatus.Values.Sum();

    /// <summary>What all accepted orders come to.</summary>
    public long Shares { get; private set; }

    public long Fed { get; private set; }

    public long Invested { get; private set; }

    /// <summary>Writes down an answer to a command.</summary>
    public void Told(Command command, JsonElement result)
    {
        var status = result.GetProperty("status").GetString()!;
        var first = status == "DUPLICATE" ? result.GetProperty("first").GetString()! : status;
        _byStatus[first] = _byStatus.GetValueOrDefault(first) + 1;
        Write(command.TxnId, result, first);
        if (first != "ACCEPTED") { return; }
        Shares += command.Shares;
        Fed += command.Fed;
        if (command.IsInvestment) { Invested++; }
    }

    /// <summary>Writes down what was told unasked.</summary>
    public void Heard(JsonElement result) => Write(result.GetProperty("txnId").GetString()!, result, result.GetProperty("status").GetString()!);

    private void Write(string txnId, JsonElement result, string status)
    {
        var state = result.TryGetProperty("state", out var told) ? JsonSerializer.Serialize(told) : "null"; // on one line, however it came
        var line = $$"""{"market":"banana","team":"{{pass.Team}}","name":"{{pass.Name}}","txnId":"{{txnId}}","type":"{{result.GetProperty("type").GetString()}}","status":"{{status}}","state":{{state}}}""";
        lock (file) { file.WriteLine(line); }
    }
}

/// <summary>A command as it is sent, and what it changes when it is accepted.</summary>
internal sealed record Command(string TxnId, string Json, long Shares, long Fed, bool IsInvestment)
{
    public static Command Draw(string txnId, Chance chance)
    {
        var amount = 1 + (long)chance.Next(3);
        return chance.Next(10) switch
        {
            < 4 => new Command(txnId, $$"""{"txnId":"{{txnId}}","type":"BUY","shares":{{amount}}}""", amount, 0, false),
            < 7 => new Command(txnId, $$"""{"txnId":"{{txnId}}","type":"SELL","shares":{{amount}}}""", -amount, 0, false),
            < 9 => new Command(txnId, $$"""{"txnId":"{{txnId}}","type":"INVEST","invested":0.{{amount}}5}""", 0, 0, true),
            _ => new Command(txnId, $$"""{"txnId":"{{txnId}}","type":"FEED","monkeys":{{amount}}}""", -amount, amount, false),
        };
    }
}

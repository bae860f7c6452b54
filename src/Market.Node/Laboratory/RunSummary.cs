using System.Globalization;
using System.Text.Json;
using Market.Actors.Laboratory;
using Market.Node.Cli.Screen;
using Market.Protocol.Messages;
using Spectre.Console;
using Status = Market.Protocol.Messages.Status;

namespace Market.Node.Laboratory;

/// <summary>What came of one run, for a terminal and as JSON.</summary>
public static class RunSummary
{
    /// <summary>Traders shown of the board.</summary>
    public const int Best = 5;

    public static void Tell(RunResult run, Terminal terminal)
    {
        if (terminal.Json)
        {
            terminal.Write(JsonSerializer.SerializeToElement(Json(run)));
            return;
        }
        terminal.Draw(Figures(run, terminal));
        terminal.Draw(Parts(run, terminal));
        terminal.Draw(Board(run, terminal));
        if (run.SentHome > 0) { terminal.Say($"{run.SentHome} bots failed and played no more."); }
        if (!run.Complete) { terminal.Say("Ended early: this is what there was by then."); }
        terminal.Copyable($"journal {run.JournalHash}");
    }

    private static Table Figures(RunResult run, Terminal terminal)
    {
        var table = NewTable(terminal, "run", "");
        void Row(string name, string value) => table.AddRow(name, value);
        Row("seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        Row("ticks", Count(run.Ticks));
        Row("traders", Count(run.Parts.Sum(part => part.Traders)));
        Row("commands", Count(run.All.Commands));
        Row(Status.Accepted.Name(), Count(run.All.Accepted));
        foreach (var status in Activity.Refusals) { Row(status.Name(), Count(run.All.Refused(status))); }
        Row("bailouts", Count(run.All.Bailouts));
        Row("commands/s", Count((long)run.CommandsPerSecond));
        Row("events, bytes journaled", $"{Count(run.Journaled.Events)}, {Count(run.Journaled.Bytes)}");
        Row("final price", run.Price.Price.ToString());
        return table;
    }

    private static Table Parts(RunResult run, Terminal terminal)
    {
        var table = NewTable(terminal, "temperament", "traders", "trades", "investments", "fed", "fed a trader", "bailouts", "score a trader");
        foreach (var part in run.Parts)
        {
            table.AddRow(
                terminal.Show(part.Temperament), Count(part.Traders), Count(part.Activity.Trades), Count(part.Activity.Invested), Count(part.Fed),
                Mean(part.FedPerTrader), Count(part.Bailouts), Mean(part.ScorePerTrader));
        }
        return table;
    }

    private static Table Board(RunResult run, Terminal terminal)
    {
        var table = NewTable(terminal, "top of the board", "rank", "score", "fed", "bailouts", "coins");
        foreach (var row in run.Best)
        {
            table.AddRow(
                terminal.Show(row.Trader.ToString()), Count(row.Rank), Count(row.State.Score), Count(row.State.FedMonkeys), Count(row.State.Bailouts),
                Numbers.Coins(row.State.Coins.ToDecimal()));
        }
        return table;
    }

    internal static Table NewTable(Terminal terminal, string subject, params ReadOnlySpan<string> numbers)
    {
        var table = new Table().Border(terminal.IsLive ? TableBorder.Rounded : TableBorder.None);
        table.AddColumn(new TableColumn(subject).NoWrap());
        foreach (var number in numbers) { table.AddColumn(new TableColumn(number).RightAligned().NoWrap()); }
        return table;
    }

    private static object Json(RunResult run) => new
    {
        seed = run.Seed,
        ticks = run.Ticks,
        complete = run.Complete,
        traders = run.Parts.Sum(part => part.Traders),
        commands = run.All.Commands,
        statuses = Activity.Refusals.Prepend(Status.Accepted).ToDictionary(status => status.Name(), status => status is Status.Accepted ? run.All.Accepted : run.All.Refused(status)),
        bailouts = run.All.Bailouts,
        trades = run.All.Trades,
        seconds = run.Running.TotalSeconds,
        commandsPerSecond = run.CommandsPerSecond,
        finalPrice = run.Price.Price.ToDecimal(),
        journal = new { hash = run.JournalHash, turns = run.Journaled.Turns, events = run.Journaled.Events, bytes = run.Journaled.Bytes },
        temperaments = run.Parts.Select(part => new
        {
            name = part.Temperament, traders = part.Traders, commands = part.Activity.Commands, trades = part.Activity.Trades,
            investments = part.Activity.Invested, fedMonkeys = part.Fed, bailouts = part.Bailouts, score = part.Score,
        }),
        board = run.Best.Select(row => new
        {
            rank = row.Rank, team = row.Trader.Team, name = row.Trader.Name, score = row.State.Score, fedMonkeys = row.State.FedMonkeys,
            bailouts = row.State.Bailouts, coins = row.State.Coins.ToDecimal(), shares = row.State.Shares,
        }),
        botsAtFault = run.SentHome,
    };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Mean(double mean) => mean.ToString("0.00", CultureInfo.InvariantCulture);
}

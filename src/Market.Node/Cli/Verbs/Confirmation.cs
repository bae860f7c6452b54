using System.CommandLine;

namespace Market.Node.Cli.Verbs;

/// <summary>What cannot be undone is asked for twice: by typing the market's name, or beforehand by <c>--yes</c>.</summary>
public sealed class Confirmation
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };
    private readonly bool _asks;

    /// <param name="asks">False for what can be undone; <c>--yes</c> is taken all the same.</param>
    public Confirmation(Verb verb, bool asks)
    {
        verb.Add(_yes);
        _asks = asks;
    }

    /// <exception cref="WrongUsageException">Nobody can be asked, and nobody said yes beforehand.</exception>
    public bool IsGiven(ClientCall call, string consequence)
    {
        if (!_asks || call.Value(_yes)) { return true; }
        if (!call.Around.InIsTerminal) { throw new WrongUsageException($"This would {consequence} Nobody can be asked here; --yes confirms it."); }
        call.Terminal.Say($"This will {consequence}");
        call.Terminal.Say($"Type the market's name to confirm: {call.Node.Market}");
        if (call.Around.In.ReadLine()?.Trim() == call.Node.Market.Value) { return true; }
        call.Terminal.Say("Not confirmed; nothing was done.");
        return false;
    }
}

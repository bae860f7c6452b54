using System.CommandLine;

namespace Market.Node.Cli.Pbm;

/// <summary>What changes something is only done when it was said beforehand that it may: <c>--yes</c>.</summary>
public sealed class Yes
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it: without this, it is only said what would be done." };

    public Yes(Verb verb) => verb.Add(_yes);

    /// <exception cref="WrongUsageException">It was not said.</exception>
    public void Need(Inspection look, string consequence)
    {
        if (!look.Value(_yes)) { throw new WrongUsageException($"This would {consequence} Nothing was done; --yes does it."); }
    }
}

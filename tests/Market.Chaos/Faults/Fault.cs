using Market.Servers;

namespace Market.Chaos.Faults;

/// <summary>Something that goes wrong, and is put right again.</summary>
/// <param name="Kind">What it is, as the table at the end calls it.</param>
/// <param name="What">What was done, to which part and for how long.</param>
/// <param name="Parts">Nothing else happens to these meanwhile.</param>
/// <param name="Begin">Does it.</param>
/// <param name="Lasts">From then until it is put right.</param>
/// <param name="End">Puts it right; returns when the part runs again.</param>
internal sealed record Fault(string Kind, string What, IReadOnlyList<string> Parts, Func<Task> Begin, TimeSpan Lasts, Func<Task> End)
{
    public async Task RunAsync()
    {
        await Begin();
        await Pause.ForAsync(Lasts);
        await End();
    }
}

using System.Buffers.Text;
using System.Text.Json;
using Market.Protocol.Values;

namespace Market.Node.Cli.Client;

/// <summary>Finds the token a verb acts with, and keeps the tokens it is given. No complaint repeats one.</summary>
public static class Tokens
{
    /// <summary>A trader's token, when no option gives one.</summary>
    public const string TraderVariable = "MARKET_TOKEN";

    /// <summary>The organiser's token, when no option gives one.</summary>
    public const string AdminVariable = "MARKET_ADMIN_TOKEN";

    /// <summary>Its name in a node's data folder.</summary>
    public const string AdminFileName = "admin-token";

    /// <summary>Longest token read; a node's own are an eighth of it.</summary>
    private const int MaxLength = 8_192;

    /// <summary>A token that can stand in a header.</summary>
    /// <exception cref="WrongUsageException">It is empty, too long, or holds blanks, control or non-ASCII characters.</exception>
    public static string Checked(string token, string source)
    {
        var trimmed = token.Trim();
        return trimmed.Length is > 0 and <= MaxLength && trimmed.All(letter => letter is > ' ' and <= '~')
            ? trimmed
            : throw new WrongUsageException($"{source} holds no token: one word of printable ASCII is.");
    }

    /// <exception cref="WrongUsageException">There is no such file, or no token in it.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            var text = new char[MaxLength + 2];
            return Checked(new string(text, 0, file.ReadBlock(text)), path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new WrongUsageException($"{path} cannot be read: {failed.Message}");
        }
    }

    /// <summary>A new file that only its owner can read, open for the token that is to come.</summary>
    /// <exception cref="WrongUsageException">It exists already or cannot be made.</exception>
    public static FileStream Reserve(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        try
        {
            return new FileStream(path, options);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new WrongUsageException($"{path} cannot be made: {failed.Message}");
        }
    }

    /// <summary>
    /// Whose a token is, when it tells: a node's own are signed claims that anybody may read. Null for other tokens. Nothing is proved by it;
    /// it keeps a person from acting as the wrong trader.
    /// </summary>
    public static TraderKey? OwnerOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) { return null; }
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.Text("team") is { } team && claims.RootElement.Text("name") is { } name ? new TraderKey(team, name) : null;
        }
        catch (Exception failed) when (failed is FormatException or JsonException)
        {
            return null;
        }
    }
}

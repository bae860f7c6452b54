using System.Collections.Concurrent;
using System.Security.Claims;
using Market.Protocol.Values;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Market.Node.Doors.Tokens;

/// <summary>Who a token lets act: one trader of one market, and nobody else.</summary>
public sealed record TokenHolder(MarketId Market, TraderKey Trader);

/// <summary>
/// Traders' tokens: signed, so that nothing has to be kept of them; valid as long as the node's key, that is, as long as its data folder.
/// Safe for many threads.
/// </summary>
/// <param name="key">The signing key, 32 bytes.</param>
public sealed class TraderTokens(byte[] key)
{
    private const string Issuer = "monkonomy";
    private const string TeamClaim = "team";
    private const string NameClaim = "name";

    /// <summary>Checked tokens remembered, 200 bytes each; when full, all are forgotten, which costs each a new check.</summary>
    private const int MaxRemembered = 50_000;

    /// <summary>Longest token looked at: twice what the longest team and name can need.</summary>
    private const int MaxLength = 2_048;

    private readonly ConcurrentDictionary<string, TokenHolder> _remembered = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey _key = new(key);

    public string Issue(MarketId market, TraderKey trader) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = market.Value,
        Subject = new ClaimsIdentity([new Claim(TeamClaim, trader.Team), new Claim(NameClaim, trader.Name)]),
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
    });

    /// <returns>Null for whatever is not a token of this node.</returns>
    public async ValueTask<TokenHolder?> CheckAsync(string? token)
    {
        if (token is not { Length: > 0 and <= MaxLength }) { return null; }
        if (_remembered.TryGetValue(token, out var known)) { return known; }
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = _key,
            ValidIssuer = Issuer,
            ValidateAudience = false, // the audience is the market, which the caller compares
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid || Holder((JsonWebToken)result.SecurityToken) is not { } holder) { return null; }
        if (_remembered.Count >= MaxRemembered) { _remembered.Clear(); }
        _remembered[token] = holder;
        return holder;
    }

    private static TokenHolder? Holder(JsonWebToken token)
    {
        var named = token.TryGetPayloadValue<string>(TeamClaim, out var team) & token.TryGetPayloadValue<string>(NameClaim, out var name);
        var market = token.Audiences.FirstOrDefault();
        return named && MarketId.TryRead(market, out var id) ? new TokenHolder(id, new TraderKey(team, name)) : null;
    }
}
